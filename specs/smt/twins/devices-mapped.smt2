;; Accesses to devices are answered like any other.
;; Twin of: event, refutes: EVENT-1 PARTIAL-1 PROGRESS-1

(define-fun action-of ((e Event) (w Walk) (host HostMap) (c Control)) Action
  (ite (not ((_ is page-fault) e)) resume
    (let ((found (evaluate w (fault-access e) c)))
      (ite ((_ is guest-fault) found) (inject (code found))
      (ite false device-access resume)))))
