;; Entries are derived from walks with A=0.
;; Twin of: resync, refutes: AD-1 DERIVE-1

(define-fun guest-entry ((w Walk) (s PrivilegeSet) (page Page) (host HostMap) (c Control)) Active
  (ite (and ((_ is ends-reached) w) (exists-in page (mode-of c)))
    (derive (reached w) s page host c)
    absent))
