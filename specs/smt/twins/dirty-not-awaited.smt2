;; Writes are granted while the leaf is clean.
;; Twin of: active, refutes: DERIVE-3
;; Fault: clean-page-writable-after-load

(define-fun derive ((t Translation) (s PrivilegeSet) (page Page) (host HostMap) (c Control)) Active
  (let ((behind (select host (frame-of t page))))
    (ite ((_ is device) behind) absent
      (let ((read (rights-permit (rights-of t) load s c))
            (write (and (rights-permit (rights-of t) store s c) (host-permits-stores behind)))
            (execute (rights-permit (rights-of t) fetch s c)))
        (ite (or read write execute)
          (present (host-frame behind) read write execute (is-keyed t c) t)
          absent)))))
