;; The processor drops nothing after a manipulation.
;; Twin of: transition, refutes: PROC-1 TLB-1
;; Fault: processor-not-flushed-after-control-write

(define-fun is-dropped ((a Active) (a-after Active) (at Slot) (e Event) (of Machine) (w Walk) (host HostMap) (c Control) (also Bool)) Bool
  (ite (distinct of (slot-machine at)) false
  (ite ((_ is privilege-change) e) false
  (ite ((_ is page-fault) e)
    (and (= (slot-page at) (access-page (fault-access e)))
      (or also ((_ is present) a) (distinct resume (action-of e w host c))))
    also))))
