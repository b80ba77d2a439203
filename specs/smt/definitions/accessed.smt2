;; The bits of guest memory that a VMM sets before it derives an entry, as the processor would have.
;; Manual: Intel SDM vol. 3, 4.8. Claims: 2.
;; Needs: walk

;; What the entry of one level becomes if a walk has got there: A, and D in a leaf that is stored
;; to. `last` says that the walk ends with this entry.
(define-fun mark-entry ((e (_ BitVec 64)) (w Walk) (last Bool) (stores Bool) (l Level) (m Mode)) (_ BitVec 64)
  (ite (or (bvugt l (levels m)) (in-registers m l) (not ((_ is on-its-way) w))) e
    (bvor e accessed-bit (ite (and last stores) dirty-bit #x0000000000000000))))

;; Every entry of a walk that reached a leaf, marked.
(define-fun mark ((es Entries) (page Page) (stores Bool) (c Control) (p Profile)) Entries
  (let ((m (mode-of c)))
    (let ((w5 (walk-starts c)))
    (let ((w4 (walk-step w5 (e5 es) page #b101 m c p)))
    (let ((w3 (walk-step w4 (e4 es) page #b100 m c p)))
    (let ((w2 (walk-step w3 (e3 es) page #b011 m c p)))
    (let ((w1 (walk-step w2 (e2 es) page #b010 m c p)))
      (entries
        (mark-entry (e5 es) w5 false stores #b101 m)
        (mark-entry (e4 es) w4 false stores #b100 m)
        (mark-entry (e3 es) w3 (not ((_ is on-its-way) w2)) stores #b011 m)
        (mark-entry (e2 es) w2 (not ((_ is on-its-way) w1)) stores #b010 m)
        (mark-entry (e1 es) w1 true stores #b001 m)))))))))

;; The same in terms of the walk: what it comes to once its entries are marked. AD-1 proves that
;; this is what walking the marked entries comes to.
(define-fun marked ((w Walk) (stores Bool)) Walk
  (ite ((_ is ends-reached) w)
    (ends-reached (ite stores (with-dirty (reached w)) (reached w)) true)
    w))
