;;; session.el --- what a user of Emacs sees  -*- lexical-binding: t; -*-

;; Runs in Emacs, with the configuration of docs/examples/editors, on the file $SOURCE: writes to $RESULT what its user would see, as JSON.

(require 'json)

(defun session-wait (what done)
  (let ((until (+ (float-time) 60)) (result nil))
    (while (not (setq result (funcall done)))
      (when (> (float-time) until) (error "No %s" what))
      (accept-process-output nil 0.1))
    result))

(defun session-mine ()
  "What flymake shows of nettune: line, text, code and link of each."
  (cl-loop for found in (flymake-diagnostics)
           for said = (alist-get 'eglot-lsp-diag (flymake-diagnostic-data found))
           when (equal (plist-get said :source) "nettune")
           collect (list :line (line-number-at-pos (flymake-diagnostic-beg found))
                         :text (flymake-diagnostic-text found)
                         :code (plist-get said :code)
                         :href (or (plist-get (plist-get said :codeDescription) :href) ""))))

(defun session-go (text)
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun session-run ()
  (let (seen browsed)
    (setq browse-url-browser-function (lambda (link &rest _) (setq browsed link)))
    (find-file (getenv "SOURCE"))
    (run-hooks 'post-command-hook)      ; where eglot-ensure connects
    (session-wait "server" #'eglot-current-server)
    (session-wait "diagnostics" (lambda () (flymake-start) (session-mine)))
    (setq seen (list :diagnostics (vconcat (session-mine))))
    (session-go "sleep_for")
    (nettune-guide)
    (setq seen (plist-put seen :guide browsed))
    (nettune-guide-text)
    (setq seen (plist-put seen :section (with-current-buffer "*nettune guide*" (buffer-string))))
    (session-go "sleep_for")
    (nettune-explain)
    (setq seen (plist-put seen :path (with-current-buffer "*nettune path*" (buffer-string))))
    (session-go "greet(tcp")
    (let ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
      (setq seen (plist-put seen :hover (plist-get (plist-get hover :contents) :value))))
    ;; The quick fix, chosen as a user chooses it.
    (session-go "hardware_concurrency")
    (cl-letf ((last-nonmenu-event ?x)   ; a key, not the mouse
              ((symbol-function 'completing-read)
               (lambda (_prompt titles &rest _)
                 (seq-find (lambda (title) (not (string-match-p "Suppress" title)))
                           (mapcar (lambda (entry) (if (consp entry) (car entry) entry)) titles)))))
      (eglot-code-actions (line-beginning-position) (line-end-position) nil t))
    (session-wait "fix" (lambda () (save-excursion (goto-char (point-min)) (search-forward "std::max(1u" nil t))))
    (let ((before (length (plist-get seen :diagnostics))))
      (eglot--signal-textDocument/didChange)
      (session-wait "diagnostics after the fix" (lambda () (flymake-start) (< (length (session-mine)) before))))
    (plist-put seen :after (vconcat (session-mine)))))

(let ((seen (condition-case problem (session-run) (error (list :problem (format "%S" problem))))))
  (with-temp-file (getenv "RESULT") (insert (json-encode seen)))
  (set-buffer-modified-p nil)
  (kill-emacs 0))

;;; session.el ends here
