;; The dirty log is not asked about stores.
;; Twin of: active, refutes: HOST-3-event

(define-fun host-permits-stores ((behind Backing)) Bool
  (not (read-only behind)))
