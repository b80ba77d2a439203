;; The walk of a guest structure: rights are the AND over the entries, the leaf says the rest.
;; Manual: Intel SDM vol. 3, 4.2 to 4.6 and 4.10.2. Claims: 1 14 24 28.
;; Needs: translation

;; Where a walk stands: on its way to the table of the next level, or at its end. `accessed` says
;; whether every entry in memory so far has A=1.
(declare-datatypes ((Walk 0)) ((
  (on-its-way (next-table Frame) (rights-so-far Rights) (accessed-so-far Bool))
  (ends-not-present)
  (ends-reserved)
  (ends-reached (reached Translation) (accessed Bool)))))

(define-fun through ((r Rights) (e (_ BitVec 64)) (m Mode)) Rights
  (rights
    (and (writable r) (bit e writable-bit))
    (and (user-accessible r) (bit e user-bit))
    (and (executable r) (or (= m two-level) (not (bit e execute-disable-bit))))))

;; One step: the entry of level `l` is read, and the walk goes on or ends.
(define-fun walk-step ((w Walk) (e (_ BitVec 64)) (page Page) (l Level) (m Mode) (c Control) (p Profile)) Walk
  (ite (or (bvugt l (levels m)) (not ((_ is on-its-way) w))) w
    (let ((says (meaning e l m c p)))
      (ite (= says not-present) ends-not-present
      (ite (= says reserved) ends-reserved
        (let ((so-far (ite (in-registers m l) (rights-so-far w) (through (rights-so-far w) e m)))
              (all-accessed (and (accessed-so-far w) (or (in-registers m l) (bit e accessed-bit))))
              (covered (size-at m l)))
          (ite (= says table)
            (on-its-way (table-frame e m) so-far all-accessed)
            (ends-reached
              (translation (first-of page covered) covered (leaf-frame e l m p) so-far
                (protection-key e m) (current-pcid c) (and (global-pages c) (bit e global-bit)) (bit e dirty-bit))
              all-accessed))))))))

(define-fun walk-starts ((c Control)) Walk
  (on-its-way (table-frame (cr3 c) (mode-of c)) (rights true true true) true))

;; The entries that a walk reads, by level. Where a walk ends early, or the mode has fewer levels,
;; the others are never looked at.
(declare-datatypes ((Entries 0)) (((entries
  (e5 (_ BitVec 64)) (e4 (_ BitVec 64)) (e3 (_ BitVec 64)) (e2 (_ BitVec 64)) (e1 (_ BitVec 64))))))

(define-fun walk-above-2 ((es Entries) (page Page) (c Control) (p Profile)) Walk
  (let ((m (mode-of c)))
    (walk-step (walk-step (walk-step (walk-starts c)
      (e5 es) page #b101 m c p) (e4 es) page #b100 m c p) (e3 es) page #b011 m c p)))

;; The walk from the root that CR3 names, of entries exactly as they stand; it sets no bits.
(define-fun walk ((es Entries) (page Page) (c Control) (p Profile)) Walk
  (let ((m (mode-of c)))
    (ite (= m no-paging) (ends-reached (identity page) true)
      (walk-step (walk-step (walk-above-2 es page c p)
        (e2 es) page #b010 m c p) (e1 es) page #b001 m c p))))

;; What is true of every walk that has come to its end; WALK-1 proves it. The theorems about what
;; a VMM does with a walk assume no more than this, so they hold for whatever entries led to it.
(define-fun is-finished ((w Walk) (page Page) (c Control)) Bool
  (and (not ((_ is on-its-way) w))
    (=> ((_ is ends-reached) w)
      (and (covers (reached w) page) (= (pcid (reached w)) (current-pcid c))
        (=> (not (paging c)) (and (= (reached w) (identity page)) (accessed w)))))))
