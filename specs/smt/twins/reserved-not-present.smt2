;; RSVD is reported with P=0.
;; Twin of: permission, refutes: EVENT-3
;; Fault: reserved-fault-without-present-bit

(define-fun code-reserved ((a Access) (c Control)) FaultCode
  (bvor (code-not-present a c) #b001000))
