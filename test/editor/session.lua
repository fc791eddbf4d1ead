-- Runs in Neovim, on server.cpp with the configuration of docs/examples/editors: writes what its user would see to $RESULT, as JSON.

local seen = {}

local function wait(what, done)
  if not vim.wait(60000, done, 50) then
    error("no " .. what)
  end
end

local function go_to(text, offset)
  vim.fn.cursor(1, 1)
  vim.fn.search("\\V" .. text)
  vim.fn.cursor(0, vim.fn.col(".") + (offset or 0))
end

local function mine()
  return vim.tbl_filter(function(d) return d.source == "nettune" end, vim.diagnostic.get(0))
end

local function lines(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end

local function quickfix()
  local found = {}
  for _, item in ipairs(vim.fn.getqflist()) do
    table.insert(found, { item.lnum, vim.fn.bufname(item.bufnr):match("[^/]*$"), item.text })
  end
  vim.fn.setqflist({}, "r")
  vim.cmd("silent! cclose")
  return found
end

local function explain()
  vim.cmd("NettuneExplain")
  vim.wait(60000, function() return #vim.fn.getqflist() > 0 end, 50)
  return quickfix()
end

local function run()
  local main = vim.api.nvim_get_current_win()
  wait("diagnostics", function() return #mine() > 0 end)
  seen.diagnostics = mine()

  go_to("sleep_for")
  seen.guide = vim.fn.execute("NettuneGuide")
  wait("browser", function() return vim.loop.fs_stat(os.getenv("BROWSED")) end)
  vim.cmd("NettuneGuide!")
  seen.section = lines(0)
  vim.cmd("close")
  vim.api.nvim_set_current_win(main)
  local float = vim.diagnostic.open_float({ scope = "line" })
  seen.float = lines(float)
  vim.cmd("NettunePath")
  seen.path = quickfix()
  vim.api.nvim_set_current_win(main)
  seen.explain = explain()
  vim.api.nvim_set_current_win(main)
  go_to("int configured")
  seen.nothing = vim.fn.execute("NettuneGuide")
  go_to("void greet", 5)
  local _, answer = next(vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(), 60000))
  seen.hover = answer.result.contents.value

  -- The quick fix, chosen as a user chooses it.
  vim.ui.select = function(items, options, chosen)
    seen.actions = vim.tbl_map(function(i) return i[2].title end, items)
    for n, item in ipairs(items) do
      if not item[2].title:find("Suppress") then
        return chosen(item, n)
      end
    end
  end
  go_to("hardware_concurrency")
  vim.lsp.buf.code_action()
  wait("fix", function() return lines(0):find("std::max(1u", 1, true) end)
  wait("diagnostics after the fix", function() return #mine() < #seen.diagnostics end)
  seen.after = mine()
  vim.cmd("NettuneCheck")
  wait("end of nettune check", function() return vim.fn.execute("messages"):find("nettune check: ") end)
  seen.messages = vim.fn.execute("messages")
end

local good, problem = xpcall(run, debug.traceback)
seen.problem = not good and tostring(problem) or nil
local out = assert(io.open(os.getenv("RESULT"), "w"))
out:write(vim.json.encode(seen))
out:close()
vim.cmd("qall!")
