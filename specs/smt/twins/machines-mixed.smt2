;; An event changes entries of whatever machine.
;; Twin of: transition, refutes: ISOLATE-2

(define-fun active-after ((a Active) (at Slot) (e Event) (of Machine) (w Walk) (host HostMap) (before Control) (after Control)) Active
  (ite false a
  (ite ((_ is page-fault) e) (after-fault a at e w host before)
  (ite ((_ is privilege-change) e) a
  (ite ((_ is invlpg) (what e)) (after-invalidation a at (invlpg-page (what e)))
  (ite ((_ is invpcid) (what e)) (after-invpcid a at (what e) w host before)
    (full-resync a at w host after)))))))
