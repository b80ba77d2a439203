;; AD-3: what is done to an entry of a walk is to mark it, at the address where the walk has read it;
;; D only in the leaf, and only for a store; and nothing to registers or where the walk has not been.
;; Claims: 2. Manual: Intel SDM vol. 3, 4.8.
;; Needs: memory

(declare-const w Walk)
(declare-const last Bool)
(declare-const stores Bool)
(declare-const page Page)
(declare-const l Level)
(declare-const m Mode)
(declare-const u Update)
(assert (= u (update-of w last stores page l m)))
(check-sat)

(assert (not (and (is-marking u stores)
  (=> ((_ is change) u)
    (and ((_ is on-its-way) w) (bvule l (levels m)) (not (in-registers m l))
      (= (update-address u) (entry-address (next-table w) page l m))
      (=> (bit (update-bits u) dirty-bit) (and last stores)))))))
(check-sat)
