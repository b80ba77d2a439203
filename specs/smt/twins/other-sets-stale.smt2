;; A partial resync corrects the entry of its own set only.
;; Twin of: resync, refutes: PARTIAL-1-match
;; Fault: write-right-never-resynchronised

(define-fun partial-resync ((a Active) (at Slot) (x Access) (w Walk) (host HostMap) (c Control)) Active
  (ite (distinct (slot-page at) (access-page x)) a
  (ite (distinct (slot-set at) (access-set x)) a
    (guest-entry w (slot-set at) (slot-page at) host c))))
