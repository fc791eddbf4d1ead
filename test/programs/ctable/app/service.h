#pragma once

namespace app {

void restart_service(const char *name);

} // namespace app
