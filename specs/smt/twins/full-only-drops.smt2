;; A full resync drops what does not match instead of mending it.
;; Twin of: resync, refutes: FULL-1-restricted

(define-fun compare-entry ((a Active) (guest Active)) Active
  (ite ((_ is absent) a) absent
  (ite (matches a guest)
    (present (frame a) (may-read a) (may-write a) (may-execute-it a) (keyed a) (source guest))
    absent)))
