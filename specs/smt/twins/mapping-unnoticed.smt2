;; A frame that the host puts memory behind stays a device's.
;; Twin of: host, refutes: EVENT-4-mapped

(define-fun backing-after ((o HostOperation) (f Frame) (b Backing)) Backing
  (ite (and ((_ is unmap-frames) o) (in-run f (unmap-first o) (unmap-count o)))
    device
  (ite ((_ is device) b) device
  (ite (and ((_ is move-frames) o) (in-run f (move-first o) (move-count o)))
    (memory-at (bvadd (move-to o) (bvsub f (move-first o))) (read-only b) (logged b))
  (ite (and ((_ is protect-frames) o) (in-run f (protect-first o) (protect-count o)))
    (memory-at (host-frame b) (protects o) (logged b))
  (ite (or ((_ is start-log) o) ((_ is harvest-log) o))
    (memory-at (host-frame b) (read-only b) true)
    b))))))
