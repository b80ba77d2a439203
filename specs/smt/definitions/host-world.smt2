;; One operation of the host and one slot, both arbitrary. Claims: 11 14 24.
;; Needs: host

(declare-const c Control)
(declare-const at Slot)
(declare-const operation HostOperation)
(declare-const host HostMap)
(declare-const host-then HostMap)
(declare-const a Active)
(declare-const q Active)
(declare-const also Bool)

;; The entry is backed before, and the processor holds no more than it.
(assert (=> ((_ is present) a) (grants (source a) (slot-set at) (slot-page at) a host c)))
(assert (within q a))
;; The guest frame that the entry leads to, and what is behind it before and after.
(define-fun f () Frame (frame-of (source a) (slot-page at)))
(assert (= (select host-then f) (backing-after operation f (select host f))))

(declare-const a-after Active)
(assert (= a-after (active-after-host a at (slot-machine at) operation)))
(declare-const q-after Active)
(assert (= q-after (held-after-host q a a-after also)))
