;; Where entries lie in guest memory, and marking them there, one store at a time.
;; Manual: Intel SDM vol. 3, 4.3 to 4.5 and 4.8. Claims: 2.
;; Needs: accessed

;; Memory holds an entry at each guest-physical byte address at which one can start; a four-byte
;; entry is the lower half of what is there. Entries of different widths are not mixed.
(define-sort Address () (_ BitVec 64))
(define-sort Memory () (Array Address (_ BitVec 64)))

;; Which entry of a table of some level a linear page selects.
(define-fun entry-index ((page Page) (l Level) (m Mode)) (_ BitVec 64)
  (ite (= m two-level)
    (bvand #x00000000000003ff (ite (= l #b001) page (bvlshr page #x000000000000000a)))
  (ite (in-registers m l)
    (bvand #x0000000000000003 (bvlshr page #x0000000000000012))
    (bvand #x00000000000001ff
      (ite (= l #b001) page
      (ite (= l #b010) (bvlshr page #x0000000000000009)
      (ite (= l #b011) (bvlshr page #x0000000000000012)
      (ite (= l #b100) (bvlshr page #x000000000000001b) (bvlshr page #x0000000000000024)))))))))

(define-fun entry-address ((tbl Frame) (page Page) (l Level) (m Mode)) Address
  (bvor (bvshl tbl #x000000000000000c)
    (bvshl (entry-index page l m) (ite (= m two-level) #x0000000000000002 #x0000000000000003))))

;; The address of one entry that a walk reads, and the bits to be set in it.
(declare-datatypes ((Update 0)) (((no-change) (change (update-address Address) (update-bits (_ BitVec 64))))))

(define-fun apply-update ((memory Memory) (u Update)) Memory
  (ite ((_ is no-change) u) memory
    (store memory (update-address u) (bvor (select memory (update-address u)) (update-bits u)))))

;; True of an update that sets A and perhaps, for a store, D, or of none.
(define-fun is-marking ((u Update) (stores Bool)) Bool
  (=> ((_ is change) u)
    (or (= accessed-bit (update-bits u)) (and stores (= (bvor accessed-bit dirty-bit) (update-bits u))))))

;; What a VMM does to the entry of one level that a walk has read.
(define-fun update-of ((w Walk) (last Bool) (stores Bool) (page Page) (l Level) (m Mode)) Update
  (ite (or (bvugt l (levels m)) (in-registers m l) (not ((_ is on-its-way) w))) no-change
    (change (entry-address (next-table w) page l m)
      (bvor accessed-bit (ite (and last stores) dirty-bit #x0000000000000000)))))
