;; Handing over a fault keeps the entry of its page.
;; Twin of: transition, refutes: TLB-9 PERIODIC-1

(define-fun after-fault ((a Active) (at Slot) (e Event) (w Walk) (host HostMap) (c Control)) Active
  (ite (distinct (slot-page at) (access-page (fault-access e))) a
  (ite (= resume (action-of e w host c))
    (partial-resync a at (fault-access e) (walk-after at e w host c) (host-after at e w host c) c)
    a)))
