-- nettune in Neovim (0.7 and later, no plugin needed): copy to ~/.config/nvim/plugin/nettune.lua
--
--   :NettuneGuide     opens the guide's section for the diagnostic in this line in a browser, and prints the link
--   :NettuneGuide!    shows that section as text in a window below
--   :NettunePath      puts the path of the diagnostic in this line, from the event loop to the call, into the quickfix list
--   :NettuneExplain   says whether the function under the cursor runs on an event loop; the path goes into the quickfix list
--   :NettuneCheck     looks through the whole program; files that are open then show what blocks in other files
--
-- Before this file is read, for instance in init.vim, may be set:
--   g:nettune_clangd    the server and its flags, a list     (['nettune-clangd'])
--   g:nettune           the command for whole programs       ('nettune')
--   g:nettune_browser   what opens a link                    ('xdg-open')

local function setting(name, default)
  return vim.g[name] or default
end

local function say(text)
  vim.api.nvim_echo({ { text } }, true, {})
end

-- The folder of the project, above the file: where compile_commands.json stands, or its build folder, or git's.
local function root_of(file)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  local nearest = vim.fn.getcwd()
  local current = folder
  while true do
    for _, sign in ipairs({ "compile_commands.json", "build/compile_commands.json", "compile_flags.txt", ".git" }) do
      if vim.loop.fs_stat(current .. "/" .. sign) then
        return current
      end
    end
    local parent = vim.fn.fnamemodify(current, ":h")
    if parent == current then
      return nearest
    end
    current = parent
  end
end

local function link_of(diagnostic)
  local description = vim.tbl_get(diagnostic, "user_data", "lsp", "codeDescription")
  return description and description.href
end

-- The message in the window at the cursor ends with the link.
local function show_links()
  local float = vim.diagnostic.config().float
  float = type(float) == "table" and float or {}
  local before = float.format or function(diagnostic)
    return diagnostic.message
  end
  vim.diagnostic.config({
    float = vim.tbl_extend("force", float, {
      format = function(diagnostic)
        local link = diagnostic.source == "nettune" and link_of(diagnostic)
        return link and before(diagnostic) .. "\n" .. link or before(diagnostic)
      end,
    }),
  })
end

local clients = {}

local function attach(buffer)
  local file = vim.api.nvim_buf_get_name(buffer)
  if file == "" or vim.bo[buffer].buftype ~= "" then
    return
  end
  local root = root_of(file)
  if not clients[root] or not vim.lsp.get_client_by_id(clients[root]) then
    local command = setting("nettune_clangd", { "nettune-clangd" })
    if vim.fn.executable(command[1]) == 0 then
      return say("nettune: " .. command[1] .. " is not there; see g:nettune_clangd")
    end
    clients[root] = vim.lsp.start_client({ name = "nettune", cmd = command, root_dir = root })
  end
  vim.lsp.buf_attach_client(buffer, clients[root])
end

-- The first diagnostic of nettune in the line of the cursor.
local function here()
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  for _, diagnostic in ipairs(vim.diagnostic.get(0, { lnum = line })) do
    if diagnostic.source == "nettune" then
      return diagnostic
    end
  end
  say("nettune says nothing about this line")
end

local function to_quickfix(title, steps)
  local items = {}
  for _, step in ipairs(steps) do
    local start = step.location.range.start
    table.insert(items, {
      filename = vim.uri_to_fname(step.location.uri),
      lnum = start.line + 1,
      col = start.character + 1,
      text = step.message or step.text,
    })
  end
  vim.fn.setqflist({}, " ", { title = title, items = items })
  if #items > 0 then
    vim.cmd("copen")
  end
end

local function guide(as_text)
  local diagnostic = here()
  if not diagnostic then
    return
  end
  if as_text then
    local text = vim.fn.systemlist({ setting("nettune", "nettune"), "explain", diagnostic.code })
    vim.cmd("new")
    vim.api.nvim_buf_set_lines(0, 0, -1, false, text)
    vim.opt_local.buftype = "nofile"
    vim.opt_local.bufhidden = "wipe"
    vim.opt_local.filetype = "markdown"
    return
  end
  local link = link_of(diagnostic)
  if not link then
    return say("no link")
  end
  say(link)
  local browser = setting("nettune_browser", "xdg-open")
  if vim.fn.executable(browser) == 1 then
    vim.fn.jobstart({ browser, link }, { detach = true })
  end
end

local function path()
  local diagnostic = here()
  if diagnostic then
    to_quickfix(diagnostic.message, vim.tbl_get(diagnostic, "user_data", "lsp", "relatedInformation") or {})
  end
end

local function explain()
  vim.lsp.buf_request(0, "nettune/explain", vim.lsp.util.make_position_params(), function(error, result)
    if error then
      say("nettune: " .. error.message)
    elseif not result or result == vim.NIL or not result.onLoop then
      say("nothing says that this runs on an event loop")
    else
      say("'" .. result.name .. "' runs on the event loop: " .. result.origin)
      to_quickfix(result.name, result.steps)
    end
  end)
end

-- The build folder: where compile_commands.json stands.
local function build_of(root)
  return vim.loop.fs_stat(root .. "/compile_commands.json") and root or root .. "/build"
end

local function check()
  local build = build_of(root_of(vim.api.nvim_buf_get_name(0)))
  local errors = {}
  say("nettune check -p " .. build)
  vim.fn.jobstart({ setting("nettune", "nettune"), "check", "-p", build, "--format", "text=/dev/null" }, {
    stderr_buffered = true,
    on_stderr = function(_, lines)
      errors = lines
    end,
    on_exit = function(_, code)
      local ends = { [0] = "nothing was found", "there are findings; open files show them" }
      say("nettune check: " .. (ends[code] or table.concat(errors, "\n")))
    end,
  })
end

show_links()
vim.api.nvim_create_autocmd("FileType", {
  pattern = { "c", "cpp" },
  callback = function(event)
    attach(event.buf)
  end,
})
vim.api.nvim_create_user_command("NettuneGuide", function(call) guide(call.bang) end, { bang = true })
vim.api.nvim_create_user_command("NettunePath", path, {})
vim.api.nvim_create_user_command("NettuneExplain", explain, {})
vim.api.nvim_create_user_command("NettuneCheck", check, {})
