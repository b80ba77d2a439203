;; The active structure: entries derived from guest translations, kept for each machine and set.
;; Claims: 1 10 11 12 14 22 23 24 26 27 28.
;; Needs: permission accessed

(define-sort HostFrame () (_ BitVec 64))
(define-sort Machine () (_ BitVec 8))

;; What the host has put behind one guest frame. `logged` says that the host asks to know of stores
;; and has not been told of one to this frame since.
(declare-datatypes ((Backing 0)) ((
  (device)
  (memory-at (host-frame HostFrame) (read-only Bool) (logged Bool)))))
(define-sort HostMap () (Array Frame Backing))

;; The resolved entry of one page for one privilege set, with the translation it was derived from.
;; `keyed` entries are subject to PKRU by the guest's own key.
(declare-datatypes ((Active 0)) ((
  (absent)
  (present (frame HostFrame) (may-read Bool) (may-write Bool) (may-execute-it Bool) (keyed Bool) (source Translation)))))

;; Where an entry is kept: one slot is all that a theorem looks at, and it may be any.
(declare-datatypes ((Slot 0)) (((slot (slot-machine Machine) (slot-set PrivilegeSet) (slot-page Page)))))

;; A new machine's active structures hold no valid entry.
(define-fun initially ((at Slot)) Active absent)

(define-fun is-keyed ((t Translation) (c Control)) Bool
  (and (protection-keys c) (user-accessible (rights-of t))))

(define-fun host-permits-stores ((behind Backing)) Bool
  (not (or (read-only behind) (logged behind))))

;; The entry of one page of a guest translation, or none where no memory stands behind its frame or
;; the set may do nothing with it. Writes are withheld while the leaf is clean, and where the host
;; forbids them or asks to know of them.
(define-fun derive ((t Translation) (s PrivilegeSet) (page Page) (host HostMap) (c Control)) Active
  (let ((behind (select host (frame-of t page))))
    (ite ((_ is device) behind) absent
      (let ((read (rights-permit (rights-of t) load s c))
            (write (and (rights-permit (rights-of t) store s c) (dirty t) (host-permits-stores behind)))
            (execute (rights-permit (rights-of t) fetch s c)))
        (ite (or read write execute)
          (present (host-frame behind) read write execute (is-keyed t c) t)
          absent)))))

;; True if an entry of a page claims no more than a translation grants to a set now: the frame, the
;; rights, D before writes, and the host's word.
(define-fun has-its-frame ((a Active) (t Translation) (page Page) (host HostMap)) Bool
  (let ((behind (select host (frame-of t page))))
    (and (covers t page) ((_ is memory-at) behind) (= (frame a) (host-frame behind)))))
(define-fun has-its-rights ((a Active) (t Translation) (s PrivilegeSet) (c Control)) Bool
  (and
    (=> (may-read a) (rights-permit (rights-of t) load s c))
    (=> (may-write a) (rights-permit (rights-of t) store s c))
    (=> (may-execute-it a) (rights-permit (rights-of t) fetch s c))
    (=> (is-keyed t c) (and (keyed a) (= (key (source a)) (key t))))))
(define-fun grants ((t Translation) (s PrivilegeSet) (page Page) (a Active) (host HostMap) (c Control)) Bool
  (and (has-its-frame a t page host) (has-its-rights a t s c)
    (=> (may-write a) (and (dirty t) (host-permits-stores (select host (frame-of t page)))))))

;; True if an entry lets an access through.
(define-fun entry-permits ((a Active) (x Access) (c Control)) Bool
  (and ((_ is present) a)
    (ite (= (kind x) load) (may-read a) (ite (= (kind x) store) (may-write a) (may-execute-it a)))
    (not (and (keyed a) (pkru-forbids (pkru x) (key (source a)) x c)))))

;; True if one entry permits no more than another, of the same frame.
(define-fun within ((a Active) (b Active)) Bool
  (or ((_ is absent) a)
    (and ((_ is present) b) (= (frame a) (frame b))
      (=> (may-read a) (may-read b)) (=> (may-write a) (may-write b)) (=> (may-execute-it a) (may-execute-it b))
      (= (keyed a) (keyed b))
      (=> (keyed a) (= (key (source a)) (key (source b)))))))
