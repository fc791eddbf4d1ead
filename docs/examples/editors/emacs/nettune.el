;;; nettune.el --- nettune in Emacs with eglot  -*- lexical-binding: t; -*-

;; Part of nettune, under the Apache License v2.0 with LLVM Exceptions.
;; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

;;; Commentary:

;; Needs eglot 1.9 or later (Debian: elpa-eglot; part of Emacs since 29).  In init.el:
;;
;;   (load "/path/to/nettune.el")
;;   (add-hook 'c++-mode-hook #'eglot-ensure)
;;
;; M-x nettune-guide        opens the guide's section for the diagnostic at point in a browser
;; M-x nettune-guide-text   shows that section as text
;; M-x nettune-explain      says by which calls the function at point runs on an event loop
;; M-x nettune-check        looks through the whole program; open files then show what blocks in other files

;;; Code:

(require 'eglot)
(require 'compile)
(require 'flymake)

(defgroup nettune nil "Network performance mistakes in C++." :group 'tools)

(defcustom nettune-clangd '("nettune-clangd")
  "The language server and its flags."
  :type '(repeat string))

(defcustom nettune-command "nettune"
  "The command for whole programs."
  :type 'string)

(add-to-list 'eglot-server-programs
             `((c++-mode c-mode) . ,(lambda (&rest _) nettune-clangd)))

(defun nettune--diagnostic ()
  "The server's diagnostic of nettune at point, else the first in the line."
  (cl-loop for found in (append (flymake-diagnostics (point))
                                (flymake-diagnostics (line-beginning-position) (line-end-position)))
           for said = (alist-get 'eglot-lsp-diag (flymake-diagnostic-data found))
           when (equal (plist-get said :source) "nettune") return said
           finally (user-error "Nettune says nothing about this line")))

(defun nettune-guide ()
  "Open the guide's section for the diagnostic at point in a browser."
  (interactive)
  (let ((link (plist-get (plist-get (nettune--diagnostic) :codeDescription) :href)))
    (message "%s" link)
    (browse-url link)))

(defun nettune-guide-text ()
  "Show the guide's section for the diagnostic at point as text."
  (interactive)
  (let ((code (plist-get (nettune--diagnostic) :code)))
    (with-current-buffer (get-buffer-create "*nettune guide*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (call-process nettune-command nil t nil "explain" code)
        (goto-char (point-min)))
      (view-mode)
      (display-buffer (current-buffer)))))

(defun nettune--line (step)
  "STEP of a path as compilers print places."
  (let* ((place (plist-get step :location))
         (start (plist-get (plist-get place :range) :start)))
    (format "%s:%d:%d: note: %s\n" (eglot--uri-to-path (plist-get place :uri))
            (1+ (plist-get start :line)) (1+ (plist-get start :character)) (plist-get step :text))))

(defun nettune-explain ()
  "Say by which calls the function at point runs on an event loop."
  (interactive)
  (let ((said (jsonrpc-request (eglot--current-server-or-lose) :nettune/explain
                               (eglot--TextDocumentPositionParams))))
    (if (not (eq (plist-get said :onLoop) t))
        (message "Nothing says that this runs on an event loop")
      (with-current-buffer (get-buffer-create "*nettune path*")
        (let ((inhibit-read-only t))
          (erase-buffer)
          (insert (format "'%s' runs on the event loop: %s\n\n" (plist-get said :name) (plist-get said :origin)))
          (mapc (lambda (step) (insert (nettune--line step))) (plist-get said :steps))
          (goto-char (point-min)))
        (compilation-mode)
        (display-buffer (current-buffer))))))

(defun nettune-check (build)
  "Look through the whole program that was built in the folder BUILD."
  (interactive "DFolder of compile_commands.json: ")
  (compile (format "%s check -p %s" (shell-quote-argument nettune-command)
                   (shell-quote-argument (expand-file-name build)))))

(provide 'nettune)
;;; nettune.el ends here
