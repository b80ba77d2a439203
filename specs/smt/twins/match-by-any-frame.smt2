;; Entries match if their rights do, whatever their frames.
;; Twin of: active, refutes: FULL-1

(define-fun within ((a Active) (b Active)) Bool
  (or ((_ is absent) a)
    (and ((_ is present) b)
      (=> (may-read a) (may-read b)) (=> (may-write a) (may-write b)) (=> (may-execute-it a) (may-execute-it b))
      (= (keyed a) (keyed b))
      (=> (keyed a) (= (key (source a)) (key (source b)))))))
