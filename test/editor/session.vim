" Runs in Vim, on server.cpp with the configuration of docs/examples/editors: writes what its user would see to $RESULT, as JSON.

let s:seen = {}

function! s:Wait(what, done) abort
  for l:turn in range(600)
    if a:done()
      return
    endif
    sleep 100m
  endfor
  throw 'no ' . a:what
endfunction

function! s:Mine() abort
  return filter(copy(ale#engine#GetLoclist(bufnr(''))), {_, found -> get(found, 'code', '') =~# '^nettune-'})
endfunction

function! s:Run() abort
  ALELint
  call s:Wait('diagnostics', {-> !empty(s:Mine())})
  let s:seen.diagnostics = map(s:Mine(), {_, found -> {'line': found.lnum, 'code': found.code, 'text': found.text, 'linter': found.linter_name}})
  call cursor(1, 1)
  call search('sleep_for')
  NettuneGuide
  let s:seen.section = join(getline(1, '$'), "\n")
  close
  call search('int configured')
  let s:seen.nothing = execute('NettuneGuide')
  NettuneCheck
  call s:Wait('end of nettune check', {-> execute('messages') =~# 'nettune check: '})
  let s:seen.messages = execute('messages')
  " Without what was found.
  let l:before = len(s:Mine())
  %s/std::this_thread::sleep_for(std::chrono::milliseconds(50));//
  ALELint
  call s:Wait('diagnostics after the edit', {-> len(s:Mine()) < l:before})
  let s:seen.after = map(s:Mine(), {_, found -> found.lnum})
endfunction

try
  call s:Run()
catch
  let s:seen.problem = v:exception . ' at ' . v:throwpoint
endtry
call writefile([json_encode(s:seen)], $RESULT)
qall!
