;; A fault in one set gives an entry to every set.
;; Twin of: resync, refutes: PRIV-1 PARTIAL-2

(define-fun partial-resync ((a Active) (at Slot) (x Access) (w Walk) (host HostMap) (c Control)) Active
  (ite (distinct (slot-page at) (access-page x)) a
  (ite false absent
    (guest-entry w (slot-set at) (slot-page at) host c))))
