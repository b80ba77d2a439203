;; The processor keeps what the host has revoked.
;; Twin of: host, refutes: HOST-1 HOST-3
;; Fault: unmap-not-followed

(define-fun held-after-host ((q Active) (a Active) (a-after Active) (also Bool)) Active
  (ite also absent q))
