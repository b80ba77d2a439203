;; AD-3: marking an entry changes nothing else in memory. At any address whatever, only A is set, D
;; only for a store, and only where an entry is marked. Told for one more entry after any number of
;; them, of which two may be one: so it holds for all entries of a walk, by induction.
;; Claims: 2. Manual: Intel SDM vol. 3, 4.8.
;; Needs: memory

(declare-const stores Bool)
(declare-const anywhere Address)
;; What was there at first, the memory so far, and whether an entry there has been marked.
(declare-const was (_ BitVec 64))
(declare-const memory Memory)
(declare-const is-marked Bool)
(declare-const u Update)
(define-fun only-marked ((now (_ BitVec 64)) (here Bool)) Bool
  (and
    (= was (bvand was now))
    (= #x0000000000000000 (bvand (bvxor was now) (bvnot (ite stores #x0000000000000060 #x0000000000000020))))
    (=> (distinct was now) here)
    (=> here (bit now accessed-bit))))
(assert (is-marking u stores))
(assert (only-marked (select memory anywhere) is-marked))
(check-sat)

(assert (not (only-marked (select (apply-update memory u) anywhere)
  (or is-marked (and ((_ is change) u) (= anywhere (update-address u)))))))
(check-sat)
