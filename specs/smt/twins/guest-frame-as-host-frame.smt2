;; The guest frame is taken for the host frame.
;; Twin of: active, refutes: ISOLATE-1 DERIVE-1

(define-fun derive ((t Translation) (s PrivilegeSet) (page Page) (host HostMap) (c Control)) Active
  (let ((behind (select host (frame-of t page))))
    (ite ((_ is device) behind) absent
      (let ((read (rights-permit (rights-of t) load s c))
            (write (and (rights-permit (rights-of t) store s c) (dirty t) (host-permits-stores behind)))
            (execute (rights-permit (rights-of t) fetch s c)))
        (ite (or read write execute)
          (present (frame-of t page) read write execute (is-keyed t c) t)
          absent)))))
