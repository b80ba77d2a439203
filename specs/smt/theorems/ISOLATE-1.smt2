;; ISOLATE-1: if each entry's host frame belongs to its machine before an event, it does after it,
;; as long as the host gives each machine frames of its own.
;; Claims: 11 22 26.
;; Needs: world

(assert (=> ((_ is present) a) (= (slot-machine at) (owner (frame a)))))
(assert ((_ is present) a-after))
(check-sat)

(assert (not (= (slot-machine at) (owner (frame a-after)))))
(check-sat)
