;; PRIV-1: user mode never gets at a page that only supervisors may touch, and an event gives no
;; entry to a set other than its own.
;; Claims: 12 23 27. Manual: Intel SDM vol. 3, 4.6.
;; Needs: world

(assert (= of (slot-machine at)))
(assert (is-sound-before a at host before))
(assert ((_ is present) a-after))
(assert (paging after))
(check-sat)

(assert (not (and
  (=> (and (= user (slot-set at)) (or (may-read a-after) (may-write a-after) (may-execute-it a-after)))
    (user-accessible (rights-of (source a-after))))
  (=> (and ((_ is page-fault) event) (distinct (slot-set at) (access-set (fault-access event)))) ((_ is present) a)))))
(check-sat)
