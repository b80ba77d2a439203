;; A frame without memory behind it is mapped to host frame 0.
;; Twin of: active, refutes: DEVICE-1 ISOLATE-1
;; Fault: device-frame-mapped

(define-fun derive ((t Translation) (s PrivilegeSet) (page Page) (host HostMap) (c Control)) Active
  (let ((behind (select host (frame-of t page))))
    (ite false absent
      (let ((read (rights-permit (rights-of t) load s c))
            (write (and (rights-permit (rights-of t) store s c) (dirty t) (host-permits-stores behind)))
            (execute (rights-permit (rights-of t) fetch s c)))
        (ite (or read write execute)
          (present (ite ((_ is device) behind) #x0000000000000000 (host-frame behind)) read write execute (is-keyed t c) t)
          absent)))))
