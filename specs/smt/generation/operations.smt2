;; What guest software and the host can do in the small world, and the kinds of events.
;; Needs: event host

;; The entries that the guest edits: those of two tables of the lowest level, one of which is in
;; use, and one at each level above.
(declare-datatypes ((Place 0)) (((first-table) (second-table) (directory) (upper))))

;; What the host does to one frame, or to all for its log.
(declare-datatypes ((HostAct 0)) (((unmaps) (maps) (moves) (protects-it) (unprotects-it) (starts-log) (harvests-log))))

(declare-datatypes ((Operation 0)) ((
  (touch (how Kind))
  (edit (where Place) (value (_ BitVec 64)))
  (invalidate-page)
  (invalidate-neighbour)
  (invalidate-context (by InvpcidType) (named (_ BitVec 12)))
  (load-root (root-pcid (_ BitVec 12)) (keep Bool))
  (toggle-cr0 (of-cr0 (_ BitVec 64)))
  (toggle-cr4 (of-cr4 (_ BitVec 64)))
  (toggle-efer)
  (enter-level (level (_ BitVec 2)))
  (toggle-alignment-check)
  (write-keys (keys (_ BitVec 32)))
  (host-acts (act HostAct)))))

;; The kinds of events that cells tell apart.
(declare-datatypes ((EventKind 0)) ((
  (load-fault) (store-fault) (fetch-fault)
  (invlpg-event) (invpcid-address) (invpcid-context) (invpcid-all) (invpcid-all-but-globals)
  (cr0-write) (cr3-write) (cr4-write) (efer-write)
  (privilege-event))))

(define-fun kind-of ((e Event)) EventKind
  (ite ((_ is page-fault) e)
    (let ((k (kind (fault-access e)))) (ite (= k load) load-fault (ite (= k store) store-fault fetch-fault)))
  (ite ((_ is privilege-change) e) privilege-event
    (let ((x (what e)))
      (ite ((_ is invlpg) x) invlpg-event
      (ite ((_ is invpcid) x)
        (let ((t (invpcid-type x)))
          (ite (= t one-address) invpcid-address (ite (= t one-context) invpcid-context
          (ite (= t all-contexts) invpcid-all invpcid-all-but-globals))))
      (ite ((_ is write-cr0) x) cr0-write
      (ite ((_ is write-cr3) x) cr3-write
      (ite ((_ is write-cr4) x) cr4-write efer-write)))))))))
