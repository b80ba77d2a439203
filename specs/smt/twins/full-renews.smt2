;; A full resync derives entries anew that matched.
;; Twin of: resync, refutes: FULL-2

(define-fun compare-entry ((a Active) (guest Active)) Active
  (ite ((_ is absent) a) absent
  (ite (matches a guest)
    guest
    guest)))
