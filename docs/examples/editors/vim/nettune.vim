" nettune in Vim with ALE (Debian: vim-ale): copy to ~/.vim/plugin/nettune.vim
"
"   :NettuneGuide   shows the guide's section for the diagnostic in this line as text in a window below
"   :NettuneCheck   looks through the whole program; files that are open then show what blocks in other files
"
" Before this file is read may be set:
"   g:nettune          the command for whole programs          ('nettune')
"   g:nettune_clangd   the language server                     ('nettune-clangd')
"   g:nettune_build    the folder of compile_commands.json     ('build')

let g:nettune = get(g:, 'nettune', 'nettune')
let g:nettune_clangd = get(g:, 'nettune_clangd', 'nettune-clangd')
let g:nettune_build = get(g:, 'nettune_build', 'build')

" ALE drives clangd by itself: it only has to know which one, and that no other linter should run on C++.
let g:ale_linters = extend(get(g:, 'ale_linters', {}), {'cpp': ['clangd'], 'c': ['clangd']})
let g:ale_cpp_clangd_executable = g:nettune_clangd
let g:ale_c_clangd_executable = g:nettune_clangd
" The name of the check leads to the guide, so it is shown.
let g:ale_echo_msg_format = get(g:, 'ale_echo_msg_format', '%s [%code%]')

" ALE drops the link of a diagnostic and keeps its code, and 'nettune explain' has the text.
function! s:Guide() abort
  for l:found in ale#engine#GetLoclist(bufnr(''))
    if l:found.lnum == line('.') && get(l:found, 'code', '') =~# '^nettune-'
      let l:text = systemlist(shellescape(g:nettune) . ' explain ' . shellescape(l:found.code))
      new
      setlocal buftype=nofile bufhidden=wipe noswapfile filetype=markdown
      call setline(1, l:text)
      return
    endif
  endfor
  echo 'nettune says nothing about this line'
endfunction

function! s:Check() abort
  let l:command = [g:nettune, 'check', '-p', g:nettune_build, '--format', 'text=/dev/null']
  let l:ends = {0: 'nothing was found', 1: 'there are findings; open files show them'}
  call job_start(l:command, {
        \ 'in_io': 'null', 'out_io': 'null', 'err_cb': {_, line -> execute('echomsg ' . string(line), '')},
        \ 'exit_cb': {_, code -> execute('echomsg ' . string('nettune check: ' . get(l:ends, code, 'ended with ' . code)), '')}})
endfunction

command! NettuneGuide call s:Guide()
command! NettuneCheck call s:Check()
