;; HOST-3: when a log is started or harvested, nothing that remains may write, in the active
;; structure or the processor's TLB: the next store to each frame is seen.
;; Claims: 11 14 24.
;; Needs: host-world

(assert (or ((_ is start-log) operation) ((_ is harvest-log) operation)))
(check-sat)

(assert (not (and
  (=> ((_ is present) a-after) (not (may-write a-after)))
  (=> ((_ is present) q-after) (not (may-write q-after))))))
(check-sat)
