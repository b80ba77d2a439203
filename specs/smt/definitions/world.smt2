;; One event and one slot, both arbitrary: what the theorems about transitions speak of, and what
;; they may assume of it. Claims: 1 14 24 28.
;; Needs: invariant

(declare-const p Profile)
(declare-const before Control)
(declare-const after Control)
(declare-const at Slot)
(declare-const event Event)
;; Of the machine that the event is of, which need not be the slot's.
(declare-const of Machine)
(declare-const host HostMap)
;; The walk of the slot's page, of whatever entries are in memory when the event comes.
(declare-const w Walk)
;; The slot's active entry, and what the processor holds of it.
(declare-const a Active)
(declare-const q Active)
;; True if the event changes some other slot, so that more may have to be dropped.
(declare-const also Bool)

(assert (is-real p))
(assert (and (is-legal before) (is-legal after)))
(assert (is-finished w (slot-page at) after))

;; Only a write to a control register changes the control state.
(define-fun is-control-write ((e Event)) Bool
  (and ((_ is manipulation) e) (not ((_ is invlpg) (what e))) (not ((_ is invpcid) (what e)))))
(assert (=> (not (is-control-write event)) (= before after)))

;; An access is to a page that there is.
(assert (=> ((_ is page-fault) event) (exists-in (access-page (fault-access event)) (mode-of before))))

;; The host gives the slot's machine frames of its own: said of the two frames that it looks up.
(assert (owns (slot-machine at) (select host (frame-of (source a) (slot-page at)))))
(assert (owns (slot-machine at) (select host (frame-of (reached w) (slot-page at)))))

(declare-const a-after Active)
(assert (= a-after (active-after a at event of w host before after)))
(declare-const q-after Active)
(assert (= q-after (held-after q (is-dropped a a-after at event of w host before also))))
(define-fun host-then () HostMap (host-after at event w host before))
;; True for a fault in this very slot.
(define-fun is-fault-here () Bool
  (and ((_ is page-fault) event) (= of (slot-machine at))
    (= (access-page (fault-access event)) (slot-page at)) (= (access-set (fault-access event)) (slot-set at))))
