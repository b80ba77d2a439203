;; Entries keep their right to write when a log starts or is harvested.
;; Twin of: host, refutes: HOST-3

(define-fun without-write ((a Active)) Active
  a)
