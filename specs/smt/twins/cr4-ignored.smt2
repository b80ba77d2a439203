;; A MOV to CR4 changes nothing.
;; Twin of: transition, refutes: TLB-5 TLB-6 DERIVE-2
;; Fault: processor-not-flushed-after-control-write

(define-fun active-after ((a Active) (at Slot) (e Event) (of Machine) (w Walk) (host HostMap) (before Control) (after Control)) Active
  (ite (distinct of (slot-machine at)) a
  (ite ((_ is page-fault) e) (after-fault a at e w host before)
  (ite (or ((_ is privilege-change) e) ((_ is write-cr4) (what e))) a
  (ite ((_ is invlpg) (what e)) (after-invalidation a at (invlpg-page (what e)))
  (ite ((_ is invpcid) (what e)) (after-invpcid a at (what e) w host before)
    (full-resync a at w host after)))))))
