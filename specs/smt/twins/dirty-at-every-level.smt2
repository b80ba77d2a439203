;; D is set in every entry of a walk.
;; Twin of: memory, refutes: AD-3-updates

(define-fun update-of ((w Walk) (last Bool) (stores Bool) (page Page) (l Level) (m Mode)) Update
  (ite (or (bvugt l (levels m)) (in-registers m l) (not ((_ is on-its-way) w))) no-change
    (change (entry-address (next-table w) page l m)
      (bvor accessed-bit (ite stores dirty-bit #x0000000000000000)))))
