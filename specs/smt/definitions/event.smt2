;; Events over which a VMM receives control, the causes that are right for each, and the action
;; that answers it. Claims: 3 4 7 8 9 13 16 17 20 21 25.
;; Needs: evaluation resync invalidation

(declare-datatypes ((Event 0)) ((
  (page-fault (fault-access Access))
  (manipulation (what Manipulation))
  (privilege-change (level-before (_ BitVec 2)) (level-after (_ BitVec 2))))))

(declare-datatypes ((Action 0)) (((resume) (inject (injected FaultCode)) (device-access))))

(declare-datatypes ((Cause 0)) ((
  (guest-page-fault) (inconsistency) (spurious) (to-a-device)
  (tlb-manipulation) (control-change)
  (privilege-set-change) (privilege-change-within-set))))

;; True if an access ends at a device: nothing is behind its frame, or a store meets what the host
;; makes read-only, which is for whoever emulates what stands there.
(define-fun is-for-a-device ((t Translation) (x Access) (host HostMap)) Bool
  (let ((behind (select host (frame-of t (access-page x)))))
    (or ((_ is device) behind) (and (= (kind x) store) (read-only behind)))))

;; The answer to an event. `w` is the walk of the page of a fault; others do not look at it.
(define-fun action-of ((e Event) (w Walk) (host HostMap) (c Control)) Action
  (ite (not ((_ is page-fault) e)) resume
    (let ((found (evaluate w (fault-access e) c)))
      (ite ((_ is guest-fault) found) (inject (code found))
      (ite (is-for-a-device (seen found) (fault-access e) host) device-access resume)))))

;; The cause that is found. `a` is the active entry of the slot in which a fault happened.
(define-fun cause-of ((e Event) (a Active) (w Walk) (host HostMap) (before Control) (after Control) (p Profile)) Cause
  (ite ((_ is page-fault) e)
    (let ((found (evaluate w (fault-access e) before)))
      (ite ((_ is guest-fault) found) guest-page-fault
      (ite (is-for-a-device (seen found) (fault-access e) host) to-a-device
      (ite (entry-permits a (fault-access e) before) spurious inconsistency))))
  (ite ((_ is manipulation) e)
    (ite (is-in-the-table (what e) before after p) tlb-manipulation control-change)
    (ite (= (set-of-level (level-before e)) (set-of-level (level-after e)))
      privilege-change-within-set privilege-set-change))))
