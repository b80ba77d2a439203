;; Every level but 0 is taken for user mode.
;; Twin of: control, refutes: PRIV-2 EVENT-6
;; Fault: entry-to-user-mode-not-noticed

(define-fun set-of-level ((cpl (_ BitVec 2))) PrivilegeSet
  (ite (= cpl #b00) supervisor user))
