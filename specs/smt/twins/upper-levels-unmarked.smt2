;; A is set in the leaf only.
;; Twin of: accessed, refutes: AD-1-marks
;; Fault: accessed-bit-of-directory-forgotten

(define-fun mark-entry ((e (_ BitVec 64)) (w Walk) (last Bool) (stores Bool) (l Level) (m Mode)) (_ BitVec 64)
  (ite (or (bvugt l (levels m)) (in-registers m l) (not last) (not ((_ is on-its-way) w))) e
    (bvor e accessed-bit (ite (and last stores) dirty-bit #x0000000000000000))))
