;; A fault is resolved without A and D being set.
;; Twin of: transition, refutes: PARTIAL-1 AD-2 PROGRESS-1

(define-fun walk-after ((at Slot) (e Event) (w Walk) (host HostMap) (c Control)) Walk
  w)
