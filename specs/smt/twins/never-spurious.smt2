;; A fault that both structures permit is called an inconsistency.
;; Twin of: event, refutes: EVENT-6

(define-fun cause-of ((e Event) (a Active) (w Walk) (host HostMap) (before Control) (after Control) (p Profile)) Cause
  (ite ((_ is page-fault) e)
    (let ((found (evaluate w (fault-access e) before)))
      (ite ((_ is guest-fault) found) guest-page-fault
      (ite (is-for-a-device (seen found) (fault-access e) host) to-a-device
      (ite false spurious inconsistency))))
  (ite ((_ is manipulation) e)
    (ite (is-in-the-table (what e) before after p) tlb-manipulation control-change)
    (ite (= (set-of-level (level-before e)) (set-of-level (level-after e)))
      privilege-change-within-set privilege-set-change))))
