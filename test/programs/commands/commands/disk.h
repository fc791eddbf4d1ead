#pragma once

namespace server {
class router;
}

namespace commands {

void add_disk_commands(server::router &to);

} // namespace commands
