;; A frame that the host moves is not taken for one that it takes back.
;; Twin of: host, refutes: HOST-1-frame
;; Fault: move-without-processor-drop

(define-fun takes-back ((o HostOperation) (f Frame)) Bool
  (or (and ((_ is unmap-frames) o) (in-run f (unmap-first o) (unmap-count o)))
      false
      (and ((_ is protect-frames) o) (in-run f (protect-first o) (protect-count o)))))
