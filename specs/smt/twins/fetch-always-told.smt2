;; The I/D bit is reported for every fetch.
;; Twin of: permission, refutes: EVENT-3
;; Fault: fetch-reported-without-execute-disable

(define-fun fetches-are-told ((c Control)) Bool
  true)
