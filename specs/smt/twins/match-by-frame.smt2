;; Entries match if their frames do, whatever their rights.
;; Twin of: active, refutes: DERIVE-2 FULL-1

(define-fun within ((a Active) (b Active)) Bool
  (or ((_ is absent) a)
    (and ((_ is present) b) (= (frame a) (frame b))
      true)))
