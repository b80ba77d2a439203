;; The processor keeps its right to write when a log starts or is harvested.
;; Twin of: host, refutes: HOST-3
;; Fault: dirty-log-without-processor-drop

(define-fun held-after-host ((q Active) (a Active) (a-after Active) (also Bool)) Active
  (ite (or also (and ((_ is present) a) ((_ is absent) a-after))) absent q))
