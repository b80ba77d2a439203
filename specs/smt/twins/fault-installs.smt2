;; Handing over a fault leaves the entries that the guest would have.
;; Twin of: transition, refutes: EVENT-3-nothing

(define-fun after-fault ((a Active) (at Slot) (e Event) (w Walk) (host HostMap) (c Control)) Active
  (ite (distinct (slot-page at) (access-page (fault-access e))) a
  (ite ((_ is ends-reached) w)
    (partial-resync a at (fault-access e) (walk-after at e w host c) (host-after at e w host c) c)
    absent)))
