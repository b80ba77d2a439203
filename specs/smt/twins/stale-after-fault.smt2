;; The processor is not asked to drop the entry that a fault has changed.
;; Twin of: transition, refutes: PROC-1

(define-fun is-dropped ((a Active) (a-after Active) (at Slot) (e Event) (of Machine) (w Walk) (host HostMap) (c Control) (also Bool)) Bool
  (ite (distinct of (slot-machine at)) false
  (ite ((_ is privilege-change) e) false
  (ite ((_ is page-fault) e)
    (and (= (slot-page at) (access-page (fault-access e)))
      also)
    (or also (is-modified a a-after))))))
