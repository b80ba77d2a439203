;; The host map is not asked about stores.
;; Twin of: active, refutes: HOST-2 HOST-2-event

(define-fun host-permits-stores ((behind Backing)) Bool
  (not (logged behind)))
