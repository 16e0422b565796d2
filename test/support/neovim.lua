-- Drives Neovim through what a user does, and writes what came of it as JSON. Runs on Neovim 0.7 and later.
-- Arguments come as globals: vdc_out (file to write), vdc_steps (Lua of the test).
local out = vim.g.vdc_out
local buffer = vim.api.nvim_get_current_buf()
local drive = {}

--- Waits until a function says something true, and answers that. Neovim goes on meanwhile, with its keys and answers.
function drive.wait(what, isSo)
  local deadline = vim.loop.now() + 20000
  while vim.loop.now() < deadline do
    local found = isSo()
    if found then return found end
    coroutine.yield()
  end
  error('waited in vain for ' .. what)
end

function drive.text()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') .. '\n'
end

--- Puts the cursor on the first character of a text.
function drive.at(needle)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local column = line:find(needle, 1, true)
    if column then return vim.api.nvim_win_set_cursor(0, { number, column - 1 }) end
  end
  error('there is no ' .. needle)
end

function drive.client()
  local list = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  return list[1]
end

--- Codes of the diagnostics that are shown.
function drive.codes()
  return vim.tbl_map(function(found)
    return found.code or (found.user_data and found.user_data.lsp and found.user_data.lsp.code)
  end, vim.diagnostic.get(buffer))
end

--- Waits until a code is shown, or with `isGone` until it is not.
function drive.shown(code, isGone)
  drive.wait(code .. (isGone and ' to go' or ''), function()
    return vim.tbl_contains(drive.codes(), code) ~= (isGone or false)
  end)
end

--- Asks as Neovim's own commands do, with the cursor's position.
function drive.ask(method, more)
  local encoding = drive.client().offset_encoding
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, encoding), more or {})
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    if answer.error then error(method .. ': ' .. answer.error.message) end
    return answer.result
  end
  error(method .. ' was not answered')
end

--- Types at the end of the line of a text, and asks for what may stand there: the first of it is taken.
function drive.complete(needle, typed)
  drive.at(needle)
  local before = vim.api.nvim_get_current_line() .. typed
  local keys = vim.api.nvim_replace_termcodes('A' .. typed .. '<C-x><C-o>', true, true, true)
  vim.api.nvim_feedkeys(keys, 'n', false)
  drive.wait('a completion', function()
    local line = vim.api.nvim_get_current_line()
    return #line > #before and line:sub(1, #before) == before
  end)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes('<C-y><Esc>', true, true, true), 'n', false)
  drive.wait('the end of typing', function() return vim.api.nvim_get_mode().mode == 'n' end)
end

--- Chooses the preferred action of those that Neovim offers at the cursor; answers the titles of all.
function drive.prefer()
  local titles
  vim.ui.select = function(items, _, choose)
    local actions = vim.tbl_map(function(item) return item.action or item[2] end, items)
    titles = vim.tbl_map(function(action) return action.title end, actions)
    for index, action in ipairs(actions) do
      if action.isPreferred then return choose(items[index], index) end
    end
    choose(nil)
  end
  vim.lsp.buf.code_action()
  return drive.wait('code actions', function() return titles end)
end

function drive.rename(name)
  local before = drive.text()
  vim.lsp.buf.rename(name)
  drive.wait('the rename', function() return drive.text() ~= before end)
end

function drive.format()
  if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = 20000 })
  else vim.lsp.buf.formatting_sync(nil, 20000) end
end

local run = coroutine.create(function()
  local ok, result = xpcall(function() return loadfile(vim.g.vdc_steps)(drive) end, debug.traceback)
  vim.fn.writefile({ vim.fn.json_encode(ok and { result = result } or { error = tostring(result) }) }, out)
  vim.cmd('qall!')
end)
local function go()
  local ok, message = coroutine.resume(run)
  if not ok then error(message) end
  if coroutine.status(run) ~= 'dead' then vim.defer_fn(go, 20) end
end
vim.defer_fn(go, 0)
