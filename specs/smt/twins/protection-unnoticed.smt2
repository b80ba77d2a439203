;; Entries for frames that the host makes read-only stay.
;; Twin of: host, refutes: HOST-2
;; Fault: host-protection-not-followed

(define-fun takes-back ((o HostOperation) (f Frame)) Bool
  (or (and ((_ is unmap-frames) o) (in-run f (unmap-first o) (unmap-count o)))
      (and ((_ is move-frames) o) (in-run f (move-first o) (move-count o)))))
