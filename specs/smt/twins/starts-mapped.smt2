;; A new machine starts with its pages mapped to themselves.
;; Twin of: active, refutes: INIT-1
;; Fault: structures-start-in-use

(define-fun initially ((at Slot)) Active
  (present (slot-page at) true true true false (identity (slot-page at))))
