;; An event drops what other machines hold.
;; Twin of: transition, refutes: ISOLATE-2

(define-fun is-dropped ((a Active) (a-after Active) (at Slot) (e Event) (of Machine) (w Walk) (host HostMap) (c Control) (also Bool)) Bool
  (ite (distinct of (slot-machine at)) also
  (ite ((_ is privilege-change) e) false
  (ite ((_ is page-fault) e)
    (and (= (slot-page at) (access-page (fault-access e)))
      (or also ((_ is present) a) (distinct resume (action-of e w host c))))
    (or also (is-modified a a-after))))))
